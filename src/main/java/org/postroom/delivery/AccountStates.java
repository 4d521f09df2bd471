package org.postroom.delivery;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How accounts are: 1 for the state each is in, 0 for the others. See docs/metrics.md. */
@Component
class AccountStates {
  private static final Logger LOG = LoggerFactory.getLogger(AccountStates.class);
  private final Access access;
  private final Accounts accounts;

  AccountStates(PrometheusMeterRegistry registry, Access access, Accounts accounts) {
    this.access = access;
    this.accounts = accounts;
    Collector states = this::states;
    registry.getPrometheusRegistry().register(states);
  }

  private GaugeSnapshot states() {
    var gauge =
        GaugeSnapshot.builder()
            .name("postroom_account_state")
            .help("1 for the state that an account is in.");
    try {
      for (Company company : access.companies())
        for (Account account : accounts.list(company.id(), true)) add(gauge, account);
    } catch (RuntimeException databaseAway) {
      LOG.warn("The states of accounts could not be read: {}", databaseAway.toString());
    }
    return gauge.build();
  }

  private static void add(GaugeSnapshot.Builder gauge, Account account) {
    for (Account.Health.State state : Account.Health.State.values())
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("account", account.id(), "state", state.word()))
              .value(account.health().state() == state ? 1 : 0)
              .build());
  }
}
