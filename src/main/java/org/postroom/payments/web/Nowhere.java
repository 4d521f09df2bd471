package org.postroom.payments.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** Links that were cut off or added to on their way answer as links that never were. */
@Controller
class Nowhere {
  private final Door door;

  Nowhere(Door door) {
    this.door = door;
  }

  @RequestMapping(
      path = {"/pay", "/pay/**", "/approve", "/approve/**"},
      method = {RequestMethod.GET, RequestMethod.POST})
  String nothing(HttpServletRequest request, HttpServletResponse response) {
    door.slow(request);
    throw Problem.notFound("This link");
  }

  /** Programs that look after links ask for their head first. That is not the customer yet. */
  @RequestMapping(
      path = {
        "/pay/{token}",
        "/pay/{token}/logo",
        "/pay/{token}/document.pdf",
        "/pay/{token}/documents/{place:[0-9]{1,3}}.pdf",
        "/pay/**",
        "/approve/{token}",
        "/approve/{token}/logo",
        "/approve/{token}/document.pdf",
        "/approve/**"
      },
      method = RequestMethod.HEAD)
  void head(HttpServletRequest request, HttpServletResponse response) {
    door.slow(request);
    Door.hide(response);
  }
}
