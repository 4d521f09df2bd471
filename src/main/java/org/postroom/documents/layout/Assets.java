package org.postroom.documents.layout;

import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.extend.FSStreamFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a page may load: its logo, from memory. Nothing else exists, on disk or network. */
record Assets(byte @Nullable [] logo) implements FSStreamFactory {
  static final String SCHEME = "asset";
  static final String LOGO = "asset:logo";

  static boolean allows(@Nullable String address) {
    return LOGO.equals(address);
  }

  @Override
  public FSStream getUrl(String address) {
    byte[] content = allows(address) && logo != null ? logo : new byte[0];
    return new FSStream() {
      @Override
      public InputStream getStream() {
        return new ByteArrayInputStream(content);
      }

      @Override
      public Reader getReader() {
        return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
      }
    };
  }
}
