package org.postroom.payments;

import java.util.Arrays;
import java.util.Map;
import org.postroom.access.Access;
import org.postroom.access.AccessForTests;
import org.postroom.access.Audit;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.documents.Documents;
import org.postroom.documents.DocumentsForTests;
import org.postroom.secrets.Secrets;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** The real links on a test's database. */
public final class PaymentsForTests {
  public static final String PUBLIC_URL = "https://pay.acme.example";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private PaymentsForTests() {}

  public static PaymentLinks on(Database database, PaymentNews... news) {
    return on(database, Map.of("POSTROOM_PUBLIC_URL", PUBLIC_URL), news);
  }

  /** With further settings, or without a public address. */
  public static PaymentLinks on(
      Database database, Map<String, String> environment, PaymentNews... news) {
    var all = new java.util.HashMap<>(environment);
    all.putIfAbsent("POSTROOM_SECRET_KEY", KEY);
    var settings = new Settings(all);
    var addresses = new LinkAddresses(new Secrets(settings), settings);
    return new PaymentLinks(
        database, parts(database, addresses, news), addresses, new Audit(database));
  }

  private static LinkParts parts(Database database, LinkAddresses addresses, PaymentNews... news) {
    Access access = AccessForTests.on(database);
    Documents documents = DocumentsForTests.on(database);
    var drafts = new LinkDrafts(documents, access);
    var dues = new LinkDues(documents);
    var told = told(news);
    return new LinkParts(
        drafts,
        new LinkPlans(drafts, dues, addresses),
        dues,
        new LinkMoney(documents, access, dues, told),
        new LinkDecisions(documents, drafts, told));
  }

  private static LinkNews told(PaymentNews... news) {
    var beans = new DefaultListableBeanFactory();
    Arrays.asList(news).forEach(each -> beans.registerSingleton("news" + each.hashCode(), each));
    return new LinkNews(beans.getBeanProvider(PaymentNews.class));
  }
}
