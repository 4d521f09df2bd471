package org.postroom.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A file on its way to a draft, slice by slice. */
final class GraphUpload {
  private static final int MOST_SLICE = 4 * 1024 * 1024;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  final GraphDraft draft;
  private final JsonNode item;
  private final int size;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  GraphUpload(GraphDraft draft, JsonNode item, int size) {
    this.draft = draft;
    this.item = item;
    this.size = size;
  }

  /** Null where the slice is the next one; else what is wrong with it. */
  synchronized @Nullable String put(byte[] slice, String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) return "No Content-Range but " + range;
    if (slice.length >= MOST_SLICE) return "A slice of " + slice.length + " bytes";
    int from = Integer.parseInt(matcher.group(1));
    int last = Integer.parseInt(matcher.group(2));
    if (from != received.size()) return "Slice at " + from + ", expected " + received.size();
    if (last - from + 1 != slice.length) return "A slice that is not as long as it says";
    if (Integer.parseInt(matcher.group(3)) != size) return "A file that changed its size";
    received.writeBytes(slice);
    return null;
  }

  synchronized boolean done() {
    return received.size() == size;
  }

  synchronized int received() {
    return received.size();
  }

  /** As if it had come in one request. */
  synchronized JsonNode file() {
    ObjectNode file = new JsonMapper().createObjectNode();
    for (String name : new String[] {"name", "contentType", "contentId", "isInline"}) {
      JsonNode value = GraphMetadata.get(item, name);
      if (!value.isMissingNode()) file.set(name, value);
    }
    file.put("contentBytes", Base64.getEncoder().encodeToString(received.toByteArray()));
    return file;
  }
}
