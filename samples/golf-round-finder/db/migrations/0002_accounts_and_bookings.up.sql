CREATE TABLE IF NOT EXISTS accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  deleted_at timestamptz
);

CREATE TABLE IF NOT EXISTS bookings (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  tee_time_id text NOT NULL REFERENCES tee_times (id),
  players smallint NOT NULL CHECK (players BETWEEN 1 AND 4),
  state text NOT NULL CHECK (state IN ('held', 'paid', 'confirmed', 'cancelled', 'refunded')),
  idempotency_key text NOT NULL UNIQUE
);
