package org.postroom.commandline;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** People know addresses and names, programs ids. */
final class Named {
  private Named() {}

  /** The id of the account that is meant. */
  static String account(Server server, String wanted)
      throws Wrong, Refused, IOException, InterruptedException {
    if (wanted.startsWith("acc_")) return wanted;
    for (JsonNode account : server.get("/accounts?limit=200").path("data")) {
      boolean named =
          wanted.equalsIgnoreCase(account.path("email").stringValue(""))
              || wanted.equals(account.path("name").stringValue(""));
      if (named) return account.path("id").stringValue("");
    }
    throw new Wrong("There is no account “" + wanted + "”.");
  }
}
