package org.postroom.signing;

/** Keys for a domain, made and sealed but not kept yet; see {@link SigningKeys#make}. */
public final class NewSigningKey {
  private final SigningKeyRows.Sealed sealed;

  NewSigningKey(SigningKeyRows.Sealed sealed) {
    this.sealed = sealed;
  }

  SigningKeyRows.Sealed sealed() {
    return sealed;
  }
}
