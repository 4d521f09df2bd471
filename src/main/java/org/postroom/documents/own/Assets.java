package org.postroom.documents.own;

import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.extend.FSStreamFactory;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page may load: its own images, from memory. Nothing else exists for it, on disk or
 * network: every other protocol ends here, too.
 */
record Assets(Map<String, byte[]> images) implements FSStreamFactory {
  private static final String SCHEME = "asset";
  private static final byte[] NOTHING = {};

  void restrict(PdfRendererBuilder builder) {
    builder.useProtocolsStreamImplementation(
        this, SCHEME, "http", "https", "file", "jar", "data", "ftp");
    builder.useHttpStreamImplementation(this);
    builder.useUriResolver((base, address) -> allows(address) ? address : null);
    for (ExternalResourceControlPriority when : ExternalResourceControlPriority.values()) {
      builder.useExternalResourceAccessControl((address, type) -> allows(address), when);
    }
  }

  private boolean allows(@Nullable String address) {
    return address != null
        && address.startsWith(SCHEME + ":")
        && images.containsKey(address.substring(SCHEME.length() + 1));
  }

  @Override
  public FSStream getUrl(String address) {
    byte[] content = allows(address) ? bytes(address) : NOTHING;
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

  private byte[] bytes(String address) {
    return images.getOrDefault(address.substring(SCHEME.length() + 1), NOTHING);
  }
}
