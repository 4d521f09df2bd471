package org.postroom.documents;

import java.time.Instant;

/**
 * A file that goes along with one document.
 *
 * @param name as the reader sees it; unique within the document
 * @param contentType a media type, told from name and content, never from who sent it
 * @param size in bytes
 * @param addedAt when it was put, or put anew
 */
public record DocumentFile(String name, String contentType, long size, Instant addedAt) {

  /** "4 bytes", "12.0 KB", "3.1 MB": for people. */
  public String sizeWords() {
    return words(size);
  }

  static String words(long size) {
    if (size < 1024) return size == 1 ? "1 byte" : size + " bytes";
    boolean large = size >= 1024 * 1024;
    double shown = size / (large ? 1024.0 * 1024.0 : 1024.0);
    return String.format(java.util.Locale.ROOT, "%.1f %s", shown, large ? "MB" : "KB");
  }
}
