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
public record DocumentFile(String name, String contentType, long size, Instant addedAt) {}
