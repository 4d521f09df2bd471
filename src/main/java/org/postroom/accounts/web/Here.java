package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.web.util.UriComponentsBuilder;

/** The address somebody reaches us at right now. */
final class Here {
  private Here() {}

  static URI of(HttpServletRequest request) {
    var address =
        UriComponentsBuilder.newInstance()
            .scheme(request.getScheme())
            .host(request.getServerName())
            .path(request.getContextPath());
    boolean usual = request.getServerPort() == ("https".equals(request.getScheme()) ? 443 : 80);
    return (usual ? address : address.port(request.getServerPort())).build().toUri();
  }
}
