package org.postroom.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/** The port of pages and API: ours, free, or somebody else's? */
final class PortCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private PortCheck() {}

  /** Whether Postroom answers there. */
  static boolean answers(Settings settings) {
    return ask(settings, "/healthz").contains("\"status\"");
  }

  /** What it says to whoever is on this machine; empty where it says nothing. */
  static String ask(Settings settings, String path) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port(settings) + path))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
      return reply.statusCode() == 200 ? reply.body() : "";
    } catch (IOException | IllegalArgumentException nobody) {
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  static List<Found> look(Patient patient) {
    int port = port(patient.settings());
    if (patient.running())
      return List.of(Found.ok("http", "Postroom runs and answers on port " + port + "."));
    if (isFree(port, null))
      return List.of(Found.ok("http", "Postroom does not run; port " + port + " is free for it."));
    return List.of(
        Found.problem(
            "http.port",
            "Port "
                + port
                + " is taken by another program, or may not be opened by the user "
                + System.getProperty("user.name")
                + ".",
            "Stop that program, or name another port: POSTROOM_HTTP_PORT."));
  }

  static boolean isFree(int port, @Nullable InetAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int port(Settings settings) {
    return Integer.parseInt(settings.get(Name.POSTROOM_HTTP_PORT).orElse("8025"));
  }
}
