package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;
import org.postroom.transport.Reply;

/** What came of a sign-in when the browser is back. */
public sealed interface SignInResult {

  /** The account can send now. */
  record Connected(Account account, String signedInAs) implements SignInResult {}

  /**
   * Somebody signed in as another than the account's address: which of the two is meant?
   *
   * @param choice to give back to {@link SignIns#choose}
   */
  record OtherMailbox(Account account, String signedInAs, String choice, Finding finding)
      implements SignInResult {}

  /** An administrator approved; somebody may sign in now. */
  record Approved(String accountName, boolean connected) implements SignInResult {}

  /**
   * It did not work.
   *
   * @param account null where it is not known which sign-in this was
   * @param reply what the provider said; null where it said nothing
   */
  record Failed(@Nullable Account account, Finding finding, @Nullable Reply reply)
      implements SignInResult {}
}
