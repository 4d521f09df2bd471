package org.postroom.findings;

/** Who has to do something next, and what kind of thing. */
public enum Action {
  /** Settings of the account must change. */
  CFG,
  /** The administrator of the mail server or the tenant must act. */
  ADM,
  /** Sign in again. */
  RECON,
  /** Nothing: it passes; we try again. */
  WAIT,
  /** The recipient's address must be corrected. */
  ADDR,
  /** Send less at once: smaller, or to fewer people. */
  SPLIT,
  /** It is not known whether the message went; never send again blindly. */
  UNK,
  /** A mistake of ours. */
  BUG
}
