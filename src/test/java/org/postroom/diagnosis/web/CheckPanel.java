package org.postroom.diagnosis.web;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestCertificates;

/** The form of a new account and the check beside it, as a person uses them. */
record CheckPanel(Tab tab, String url) {
  static final String SECRET = "Tr0ub4dor&3-planted";

  static SmtpOffer offer(TestCertificates certificates) {
    return signIn(SmtpOffer.plain().startTls(certificates));
  }

  static SmtpOffer signIn(SmtpOffer offer) {
    return offer.auth("invoices@acme.example", SECRET, "PLAIN", "LOGIN");
  }

  static int unused() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void fill(String host, int port, String security) {
    Page page = tab.page();
    tab.open(url + "/accounts/new?kind=smtp");
    page.locator("#email").fill("invoices@acme.example");
    page.locator("#name").fill("Invoices");
    page.locator("#smtp-host").fill(host);
    page.locator("#smtp-port").fill(String.valueOf(port));
    page.locator("input[name='smtp/security'][value=" + security + "]").check();
    page.locator("#smtp-username").fill("invoices@acme.example");
    page.locator("#smtp-password").fill(SECRET);
  }

  void check() {
    tab.page().locator(".check-row [data-check-button]").click();
    awaitResult();
  }

  void awaitResult() {
    tab.page().waitForSelector("#check-body > .check-sum, #check-body > .fix");
  }

  /** Takes pictures on a desktop and a phone. */
  void look(String name) {
    for (int[] size : new int[][] {{390, 844}, {1360, 900}}) {
      tab.page().setViewportSize(size[0], size[1]);
      tab.screenshot("check-" + name + "-" + size[0]);
      tab.assertNoSidewaysScroll();
    }
    tab.assertWellMade();
  }
}
