terraform {
  required_version = ">= 1.6"
}

variable "environment" {
  type = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "The environment is staging or production."
  }
}

locals {
  name = "golf-round-finder-${var.environment}"
}
