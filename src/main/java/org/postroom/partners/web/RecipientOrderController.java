package org.postroom.partners.web;

import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.postroom.partners.RecipientOrderJson;
import org.postroom.partners.RecipientOrders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/recipient_orders")
class RecipientOrderController {
  private final RecipientOrders orders;

  RecipientOrderController(RecipientOrders orders) {
    this.orders = orders;
  }

  /** All purposes on one page: there are about twenty. */
  @GetMapping
  Slice<Map<String, Object>> list(Caller caller) {
    return new Slice<>(orders.list(caller.company()), false, null)
        .map(RecipientOrderController::json);
  }

  @GetMapping("/{purpose}")
  Map<String, Object> get(Caller caller, @PathVariable String purpose) {
    return json(orders.entry(caller.company(), RecipientOrderJson.purpose(purpose)));
  }

  @PutMapping("/{purpose}")
  Map<String, Object> put(Caller caller, @PathVariable String purpose, @RequestBody JsonNode body) {
    var order = RecipientOrderJson.read(RecipientOrderJson.purpose(purpose), body);
    return json(orders.put(caller, order));
  }

  /** Back to the built-in order, which is the reply. */
  @DeleteMapping("/{purpose}")
  Map<String, Object> restore(Caller caller, @PathVariable String purpose) {
    return json(orders.restore(caller, RecipientOrderJson.purpose(purpose)));
  }

  private static Map<String, Object> json(RecipientOrders.Entry entry) {
    return RecipientOrderJson.write(entry.order(), entry.changed());
  }
}
