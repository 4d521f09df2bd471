package org.postroom.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account with how it stands at its provider, as the API speaks of it. */
final class SignInJson {
  private SignInJson() {}

  static boolean signsIn(Account account) {
    return account.kind() == Account.Kind.MICROSOFT || account.kind() == Account.Kind.GOOGLE;
  }

  static Map<String, @Nullable Object> write(Account account, @Nullable SignInState state) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    AccountJson.write(account)
        .forEach((name, value) -> {
          json.put(name, value);
          if (name.equals("has_secret")) json.put("sign_in", state == null ? null : state.json());
        });
    return json;
  }
}
