package org.postroom.partners.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.partners.PartnerFilter;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All customers and vendors by name. */
@Controller
class PartnersPage {
  private static final int ON_A_PAGE = 50;
  private final Partners partners;

  PartnersPage(Partners partners) {
    this.partners = partners;
  }

  @GetMapping("/partners")
  String list(
      Caller caller,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String type,
      @RequestParam(defaultValue = "") String cursor,
      Model model) {
    String text = q.length() > 200 ? q.substring(0, 200) : q;
    var filter = new PartnerFilter(text, PartnerController.type(type));
    model.addAttribute("q", text);
    model.addAttribute("type", type);
    model.addAttribute("cursor", cursor);
    model.addAttribute("narrows", !text.isBlank() || !type.isEmpty());
    model.addAttribute("types", types());
    model.addAttribute("mayWrite", caller.may(Right.WRITE_DOCUMENTS));
    model.addAttribute("slice", partners.list(caller.company(), filter, ON_A_PAGE, given(cursor)));
    return "partners/list";
  }

  private static @Nullable String given(String cursor) {
    return cursor.isEmpty() ? null : cursor;
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("", "Customers and vendors");
    types.put("customer", "Customers");
    types.put("vendor", "Vendors");
    return types;
  }
}
