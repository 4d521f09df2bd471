package org.postroom.keeping;

/**
 * Whether backups are made by themselves, and how many stay.
 *
 * @param keep 1 to 365; the oldest go when a nightly one was made
 */
public record BackupSettings(boolean nightly, int keep) {
  /** An embedded database has nobody else who backs it up; a PostgreSQL mostly has. */
  static BackupSettings first(boolean embedded) {
    return new BackupSettings(embedded, 7);
  }
}
