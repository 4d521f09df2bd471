package org.postroom.http;

import java.util.Locale;

/**
 * Languages the reference page writes its examples in: whole programs that need nothing but the
 * language itself. Address and key come from POSTROOM_URL and POSTROOM_KEY.
 */
enum SampleLanguage {
  CURL("curl") {
    @Override
    String program(SampleRequest request) {
      var lines = new StringBuilder("curl --silent --show-error --fail-with-body");
      lines.append(" --request ").append(request.method()).append(" \\\n");
      lines.append("  --header \"Authorization: Bearer $POSTROOM_KEY\" \\\n");
      if (request.hasBody())
        lines
            .append("  --header \"Content-Type: ")
            .append(request.type())
            .append("\" --data-binary @- \\\n");
      lines.append("  \"$POSTROOM_URL").append(request.address()).append('"');
      if (request.hasBody()) lines.append(" <<'BODY'\n").append(request.body()).append("\nBODY");
      return lines.append('\n').toString();
    }
  },
  JAVA("Java") {
    @Override
    String program(SampleRequest request) {
      String body = request.hasBody() ? "BodyPublishers.ofString(BODY)" : "BodyPublishers.noBody()";
      return """
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpRequest.BodyPublishers;
      import java.net.http.HttpResponse.BodyHandlers;

      public class Example {%s
        public static void main(String[] arguments) throws Exception {
          var request =
              HttpRequest.newBuilder(URI.create(System.getenv("POSTROOM_URL") + "%s"))
                  .header("Authorization", "Bearer " + System.getenv("POSTROOM_KEY"))%s
                  .method("%s", %s)
                  .build();
          var reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
          System.out.println(reply.statusCode());
          System.out.println(reply.body());
        }
      }
      """
          .formatted(
              request.hasBody()
                  ? "\n  static final String BODY =\n      \"\"\"\n"
                      + request.body().replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
                      + "\"\"\";\n"
                  : "",
              request.address(),
              request.hasBody()
                  ? "\n            .header(\"Content-Type\", \"" + request.type() + "\")"
                  : "",
              request.method(),
              body);
    }
  },
  PYTHON("Python") {
    @Override
    String program(SampleRequest request) {
      return """
      import os
      import urllib.request

      request = urllib.request.Request(
          os.environ["POSTROOM_URL"] + "%s",
          method="%s",
          headers={"Authorization": "Bearer " + os.environ["POSTROOM_KEY"]%s}%s)
      with urllib.request.urlopen(request) as reply:
          print(reply.status)
          print(reply.read().decode(errors="replace"))
      """
          .formatted(
              request.address(),
              request.method(),
              request.hasBody() ? ", \"Content-Type\": \"" + request.type() + "\"" : "",
              request.hasBody()
                  ? ",\n    data=\"\"\""
                      + request.body().replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
                      + "\"\"\".encode()"
                  : "");
    }
  },
  PHP("PHP") {
    @Override
    String program(SampleRequest request) {
      return """
      <?php
      $reply = file_get_contents(getenv('POSTROOM_URL') . '%s', false, stream_context_create(['http' => [
          'method' => '%s',
          'header' => ['Authorization: Bearer ' . getenv('POSTROOM_KEY')%s],%s
          'ignore_errors' => true,
      ]]));
      echo explode(' ', $http_response_header[0])[1], "\\n", $reply, "\\n";
      """
          .formatted(
              request.address(),
              request.method(),
              request.hasBody() ? ", 'Content-Type: " + request.type() + "'" : "",
              request.hasBody()
                  ? "\n    'content' => <<<'BODY'\n" + request.body() + "\nBODY,"
                  : "");
    }
  },
  CSHARP("C#") {
    @Override
    String program(SampleRequest request) {
      return """
      using System;
      using System.Net.Http;
      using System.Net.Http.Headers;
      using System.Text;

      class Example
      {
          static void Main()
          {
              var client = new HttpClient();
              var request = new HttpRequestMessage(new HttpMethod("%s"),
                  Environment.GetEnvironmentVariable("POSTROOM_URL") + "%s");
              request.Headers.Authorization =
                  new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("POSTROOM_KEY"));
      %s        var reply = client.SendAsync(request).Result;
              Console.WriteLine((int) reply.StatusCode);
              Console.WriteLine(reply.Content.ReadAsStringAsync().Result);
          }
      }
      """
          .formatted(
              request.method(),
              request.address(),
              request.hasBody()
                  ? "        request.Content = new StringContent(@\""
                      + request.body().replace("\"", "\"\"")
                      + "\", Encoding.UTF8);\n        request.Content.Headers.ContentType ="
                      + " MediaTypeHeaderValue.Parse(\""
                      + request.type()
                      + "\");\n"
                  : "");
    }
  };

  private final String words;

  SampleLanguage(String words) {
    this.words = words;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  /** As it stands in the page's address. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that code; curl where there is none. */
  static SampleLanguage of(String code) {
    for (SampleLanguage each : values()) if (each.code().equals(code)) return each;
    return CURL;
  }

  /** A program that makes this request and prints the status and the answer. */
  abstract String program(SampleRequest request);
}
