package org.postroom.accounts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.Nearest;
import tools.jackson.databind.JsonNode;

/** Routes as the API speaks of them: document kind → account, template, layout. */
public final class RouteJson {
  /** The words of the document kinds, as in the API's addresses. */
  static final List<String> DOCUMENT_KINDS =
      List.of(
          "quote",
          "sales_order",
          "invoice",
          "credit_memo",
          "packing_slip",
          "shipment",
          "rma",
          "deposit",
          "receipt",
          "statement",
          "reminder",
          "purchase_order",
          "item_receipt",
          "bill",
          "bill_payment");

  private RouteJson() {}

  /** The words of all document kinds, in the order of a sale and then of a purchase. */
  public static List<String> documentKinds() {
    return DOCUMENT_KINDS;
  }

  /** Reads a body; throws a 422 problem with everything that is wrong. */
  public static List<Route> read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    List<Route> routes = new ArrayList<>();
    for (String kind : fields.names()) {
      if (!DOCUMENT_KINDS.contains(kind)) {
        fields.ignore(kind);
        String shown = kind.length() > 60 ? kind.substring(0, 60) + "…" : kind;
        String message =
            "There is no document kind “" + shown + "”." + Nearest.hint(kind, DOCUMENT_KINDS);
        fields.error(fields.at(kind), "unknown_field", message);
        continue;
      }
      JsonFields route = fields.object(kind);
      if (route == null) continue;
      String account = route.text("account", 60);
      routes.add(new Route(kind, account, route.text("template", 100), route.text("layout", 100)));
    }
    fields.check();
    return routes;
  }

  public static Map<String, Map<String, @Nullable Object>> write(List<Route> routes) {
    Map<String, Map<String, @Nullable Object>> json = new LinkedHashMap<>();
    for (Route route : routes) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("account", route.account());
      one.put("template", route.template());
      one.put("layout", route.layout());
      json.put(route.documentKind(), one);
    }
    return json;
  }
}
