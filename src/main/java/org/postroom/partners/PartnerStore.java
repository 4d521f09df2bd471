package org.postroom.partners;

import java.time.Instant;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How partners stand in the database: as JSON of the record. Characters outside ASCII are escaped,
 * so that halves of characters in an ERP's own attributes pass every database alike.
 */
final class PartnerStore {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private PartnerStore() {}

  /** Without what the row itself says: equal partners have equal texts. */
  static String content(Partner partner) {
    return JSON.writeValueAsString(partner.stored(0, Instant.EPOCH));
  }

  static Partner partner(String content, long version, Instant updatedAt) {
    return JSON.readValue(content, Partner.class).stored(version, updatedAt);
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object tree) {
    return JSON.convertValue(tree, Map.class);
  }
}
