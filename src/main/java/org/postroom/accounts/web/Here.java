package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The address somebody reaches us at right now. */
final class Here {
  private Here() {}

  /** The request being answered on this thread. */
  static HttpServletRequest request() {
    var attributes = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    return attributes.getRequest();
  }

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
