import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts an invoice as JSON, sends it and prints what became of it. JDK 25, nothing else:
 *
 * <pre>java examples/FirstInvoice.java</pre>
 *
 * POSTROOM_URL is where Postroom runs (http://localhost:8025), POSTROOM_KEY an API key (page "API keys"; the
 * demo keeps one in demo-sign-in.txt).
 */
static final String API = environment("POSTROOM_URL", "http://localhost:8025") + "/api/v1";
static final String KEY = environment("POSTROOM_KEY", null);
static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

static final String CUSTOMER = """
    {"type": "customer", "name": "Harbour Kitchen", "language": "de", "currency": "EUR",
     "emails": {"main": ["post@harbour-kitchen.example"], "billing": ["rechnung@harbour-kitchen.example"]}}
    """;
static final String INVOICE = """
    {"partner": "harbour-kitchen", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
     "lines": [{"description": "Roggenmehl", "quantity": "25", "unit": "kg", "unit_price": "1.20",
                "tax_rate": "7", "amount": "30.00"}],
     "totals": {"net": "30.00", "tax": "2.10", "gross": "32.10", "due": "32.10"}}
    """;
static final String SEND = """
    {"document": {"kind": "invoice", "number": "JAVA-2026-0001"}}
    """;

void main() throws Exception {
  call("PUT", "/partners/harbour-kitchen", CUSTOMER);
  call("PUT", "/documents/invoice/JAVA-2026-0001", INVOICE);
  String message = call("POST", "/messages", SEND);
  String id = field(message, "id");
  IO.println(id + " goes to " + field(message, "address"));
  for (int i = 0; i < 150 && waits(message); i++) {
    Thread.sleep(200);
    message = call("GET", "/messages/" + id, null);
  }
  IO.println(id + " is " + field(message, "state"));
  if (!field(message, "state").equals("sent")) System.exit(1);
  String mail = call("GET", "/messages/" + id + "/content", null);
  IO.println(mail.substring(0, mail.indexOf("\r\n\r\n")));
}

static boolean waits(String message) {
  return field(message, "state").matches("queued|sending");
}

/** The answer's text; a refusal ends the program with the server's own words. */
static String call(String method, String path, String body) throws Exception {
  var request =
      HttpRequest.newBuilder(URI.create(API + path))
          .timeout(Duration.ofSeconds(30))
          .header("Authorization", "Bearer " + KEY)
          .header("Content-Type", "application/json")
          .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  // Repeated after a lost answer, the same key gets the same answer and not a second mail.
  if (method.equals("POST")) request.header("Idempotency-Key", UUID.randomUUID().toString());
  var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
  if (answer.statusCode() < 300) return answer.body();
  System.err.println(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
  System.exit(1);
  return "";
}

/** The first value of that name; a real program uses a JSON library. */
static String field(String json, String name) {
  Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
  return found.find() ? found.group(1) : "";
}

static String environment(String name, String otherwise) {
  String value = System.getenv(name);
  if (value != null && !value.isBlank()) return value;
  if (otherwise != null) return otherwise;
  System.err.println("Set " + name + " to an API key");
  System.exit(1);
  return "";
}
