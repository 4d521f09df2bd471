package org.postroom.bounces;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looking into a mailbox over HTTP: what Graph and Gmail have in common. */
final class RestMailbox {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_LIST = 4 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Web web;
  private final String service;
  private final String token;
  private final String name;

  /**
   * @param name of the provider, for people
   */
  RestMailbox(Web web, URI service, String token, String name) {
    this.web = web;
    this.service = service.toString().replaceAll("/+$", "");
    this.token = token;
    this.name = name;
  }

  JsonNode list(String path) throws CannotRead {
    return json(ok(send(path, MOST_LIST)));
  }

  /** Empty where the thing is gone, or larger than anybody needs. */
  Optional<Answer.Given> one(String path, int most) throws CannotRead {
    Answer answer = send(path, most);
    if (answer instanceof Answer.Given given && given.status() == 404) return Optional.empty();
    boolean tooLarge =
        answer instanceof Answer.Failed failed && failed.step() == Answer.Step.GARBLED;
    return tooLarge ? Optional.empty() : Optional.of(ok(answer));
  }

  Answer send(String path, int most) throws CannotRead {
    return web.send(
        Call.get(address(path))
            .bearer(token)
            .header("Accept", "application/json")
            .within(LIMIT)
            .atMost(most));
  }

  /** Parts of a path may be what the service said. */
  private URI address(String path) throws CannotRead {
    try {
      return URI.create(service + path);
    } catch (IllegalArgumentException noAddress) {
      throw new CannotRead(
          Trouble.Kind.OTHER, name + " named a next page that is no address.");
    }
  }

  JsonNode json(Answer.Given given) throws CannotRead {
    try {
      return JSON.readTree(given.body());
    } catch (JacksonException notTheService) {
      throw new CannotRead(
          Trouble.Kind.OTHER, name + " answered something that is not its own language.");
    }
  }

  Answer.Given ok(Answer answer) throws CannotRead {
    return switch (answer) {
      case Answer.Failed failed ->
          throw new CannotRead(
              Trouble.Kind.UNREACHABLE, name + " could not be reached. " + failed.what());
      case Answer.Given given -> {
        if (given.status() != 200) throw refused(given);
        yield given;
      }
    };
  }

  private CannotRead refused(Answer.Given given) {
    String said = said(given);
    return switch (given.status()) {
      case 401 ->
          new CannotRead(Trouble.Kind.SIGN_IN, name + " did not accept the sign-in. " + said);
      case 403 ->
          new CannotRead(
              Trouble.Kind.PERMISSION, name + " does not let us read this mailbox. " + said);
      case 404 -> new CannotRead(Trouble.Kind.FOLDER, name + " does not find the folder. " + said);
      case 429, 503 ->
          new CannotRead(Trouble.Kind.BUSY, name + " asked us to look again later. " + said);
      default ->
          new CannotRead(
              Trouble.Kind.OTHER, name + " answered with " + given.status() + ". " + said);
    };
  }

  private String said(Answer.Given given) {
    try {
      String message = JSON.readTree(given.body()).at("/error/message").asString("");
      return message.isBlank()
          ? ""
          : "(" + message.replace(token, "****").replaceAll("\\s+", " ").strip() + ")";
    } catch (JacksonException none) {
      return "";
    }
  }
}
