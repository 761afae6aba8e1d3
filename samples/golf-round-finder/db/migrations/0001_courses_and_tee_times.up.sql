CREATE TABLE IF NOT EXISTS courses (
  id text PRIMARY KEY,
  name text NOT NULL,
  latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
  longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180)
);

CREATE TABLE IF NOT EXISTS tee_times (
  id text PRIMARY KEY,
  course_id text NOT NULL REFERENCES courses (id),
  starts_at timestamptz NOT NULL,
  free_places smallint NOT NULL CHECK (free_places BETWEEN 0 AND 4),
  price_per_player integer NOT NULL CHECK (price_per_player >= 0),
  currency char(3) NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS tee_times_by_start ON tee_times (starts_at, course_id) WHERE free_places > 0;
