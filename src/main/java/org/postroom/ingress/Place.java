package org.postroom.ingress;

import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/**
 * Where programs connect that speak SMTP.
 *
 * @param port with STARTTLS; null: none is open
 * @param tlsPort with TLS from the start; null: none is open
 * @param selfMade its certificate is one of our own making, which programs must be told to trust
 * @param open some programs need not sign in
 */
public record Place(
    String host,
    @Nullable Integer port,
    @Nullable Integer tlsPort,
    boolean selfMade,
    boolean open) {

  static Place of(Settings settings) {
    Plan plan = Plan.of(settings);
    return new Place(
        plan.name(),
        plan.port().isPresent() ? plan.port().getAsInt() : null,
        plan.tlsPort().isPresent() ? plan.tlsPort().getAsInt() : null,
        settings.get(Name.POSTROOM_SMTP_INGRESS_CERTIFICATE).isEmpty(),
        plan.openKey() != null);
  }

  public boolean listens() {
    return port != null || tlsPort != null;
  }
}
