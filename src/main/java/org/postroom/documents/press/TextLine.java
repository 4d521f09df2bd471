package org.postroom.documents.press;

import java.util.List;

/**
 * One set line.
 *
 * @param width in points
 */
public record TextLine(List<Run> runs, double width) {}
