package org.postroom.documents;

/**
 * A document's PDF.
 *
 * @param pdf its bytes; the same document, company and language give the same bytes
 * @param filename what to call it, such as {@code Invoice INV-2026-0412.pdf}; safe on every system
 * @param layout id of the layout that made it, such as {@code built-in}
 */
public record Rendered(byte[] pdf, String filename, String layout) {}
