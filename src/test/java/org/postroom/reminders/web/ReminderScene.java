package org.postroom.reminders.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.postroom.access.Access;
import org.postroom.calendar.Calendar;
import org.postroom.db.Database;
import org.postroom.testkit.RunningPostroom;

/** A company whose customers owe: some can be reminded, some cannot, each for another reason. */
final class ReminderScene {
  final RunningPostroom postroom;
  final String company;
  final LocalDate today;

  ReminderScene(RunningPostroom postroom) {
    this.postroom = postroom;
    this.company = postroom.bean(Access.class).companies().getFirst().id();
    this.today = postroom.bean(Calendar.class).today(company);
  }

  static ReminderScene filled() {
    var scene = new ReminderScene(RunningPostroom.start());
    scene.anyTime();
    scene.customer("contoso", "Contoso Bakery", "ap@contoso.example");
    scene.customer("fabrikam", "Fabrikam Brot GmbH", "rechnung@fabrikam.example");
    scene.customer("northwind", "Northwind Traders", null);
    scene.customer("tailspin", "Tailspin Toys", "pay@tailspin.example");
    scene.invoice("INV-101", "contoso", "1250.00", 20);
    scene.invoice("INV-102", "contoso", "310.50", 9);
    scene.invoice("INV-201", "fabrikam", "89.00", 10);
    scene.invoice("INV-301", "northwind", "455.00", 30);
    scene.invoice("INV-401", "tailspin", "2400.00", 16);
    scene.invoice("INV-402", "tailspin", "60.00", -40);
    return scene;
  }

  private void customer(String ref, String name, String email) {
    String emails = email == null ? "" : ", \"emails\": {\"billing\": [\"" + email + "\"]}";
    put("/api/v1/partners/" + ref, "{\"name\": \"" + name + "\"" + emails + "}");
  }

  /** So many days overdue; not yet due where less than zero. */
  private void invoice(String number, String partner, String gross, int overdue) {
    put(
        "/api/v1/documents/invoice/" + number,
        """
        {"currency": "EUR", "partner": "%s", "buyer": {"name": "%s"}, "due_date": "%s",
         "issue_date": "%s", "totals": {"net": "%s", "gross": "%s", "paid": "0.00"},
         "lines": [{"description": "Flour, 25 kg", "quantity": "1", "amount": "%s"}]}\
        """
            .formatted(
                partner,
                partner,
                today.minusDays(overdue),
                today.minusDays(overdue + 30L),
                gross,
                gross,
                gross));
  }

  /** All days and hours, so that it is always working time. */
  private void anyTime() {
    put("/api/v1/calendar", "{\"public_holidays\": false}");
    put(
        "/api/v1/reminders/plan",
        """
        {"time": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
         "sunday"], "from": "00:00", "until": "23:59:59"}}\
        """);
  }

  /** As if the ERP had told nothing about payments for so long. */
  void erpSilentFor(Duration time) {
    long then = Instant.now().minus(time).toEpochMilli();
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql("UPDATE payments_told SET told_at = :then").param("then", then).update());
  }

  private void put(String path, String json) {
    var put = postroom.put(path, json);
    assertThat(put.statusCode()).as(put.body()).isBetween(200, 201);
  }
}
