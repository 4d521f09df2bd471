package org.postroom.accounts;

import java.util.Optional;

/** Knows something that names accounts; an account that is named cannot be deleted. */
@FunctionalInterface
public interface AccountUse {
  /** What names the account, as it ends a sentence: "the partner Contoso Bakery". */
  Optional<String> use(String company, String accountId);
}
