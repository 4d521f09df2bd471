package org.postroom.http;

import java.math.BigDecimal;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Amounts in JSON: written as plain text ("1284.50"), because many readers make floating point of
 * numbers; read from text or number, within bounds (1e999999999 would fill the memory when written
 * out).
 */
@Component
final class Decimals extends SimpleModule {
  private static final int MOST_DIGITS = 40;

  Decimals() {
    super("decimals");
    addSerializer(BigDecimal.class, new Writer());
    addDeserializer(BigDecimal.class, new Reader());
  }

  private static final class Writer extends StdSerializer<BigDecimal> {
    Writer() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
      json.writeString(value.toPlainString());
    }
  }

  private static final class Reader extends StdDeserializer<BigDecimal> {
    Reader() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
      String text = json.currentToken().isScalarValue() ? json.getString().strip() : "";
      try {
        var value = new BigDecimal(text.length() > 2 * MOST_DIGITS ? "" : text);
        if (value.precision() <= MOST_DIGITS && Math.abs(value.scale()) <= MOST_DIGITS)
          return value;
      } catch (NumberFormatException notANumber) {
        // told below
      }
      throw context.weirdStringException(text, BigDecimal.class, "not a decimal number");
    }
  }
}
