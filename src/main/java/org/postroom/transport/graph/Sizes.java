package org.postroom.transport.graph;

/**
 * What fits where, in bytes.
 *
 * @param mime body of a request with MIME
 * @param json body of a request with JSON
 * @param smallFile files below go with one request, others in slices
 * @param slice of a file
 */
record Sizes(int mime, int json, int smallFile, int slice) {
  /**
   * A whole request may have about 4 MB: 20,000 bytes are left for its headers, most of them the
   * token. Slices are a multiple of 320 KiB, which all of Microsoft's upload services take.
   */
  static final Sizes MICROSOFT = new Sizes(3_980_000, 3_980_000, 3_000_000, 10 * 320 * 1024);

  static final long LARGEST_FILE = 150_000_000;

  static long base64(long bytes) {
    return (bytes + 2) / 3 * 4;
  }
}
