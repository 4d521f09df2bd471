package org.postroom.accounts.web;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountJson;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.SignInState;
import org.postroom.accounts.SignIns;
import org.postroom.http.EntityTag;
import org.postroom.http.Slice;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {
  private final Accounts accounts;
  private final AccountUsage usage;
  private final SignIns signIns;

  AccountController(Accounts accounts, AccountUsage usage, SignIns signIns) {
    this.accounts = accounts;
    this.usage = usage;
    this.signIns = signIns;
  }

  /** All accounts; {@code active=true} leaves out those that are switched off. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(defaultValue = "false") boolean active,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Function<Account, Optional<SignInState>> states = signIns.states(caller.company());
    return accounts
        .list(caller, !active, Slice.limit(limit), cursor)
        .map(account -> json(account, states.apply(account)));
  }

  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, @RequestBody JsonNode body) {
    accounts.requireConnecting(caller);
    Account account = accounts.create(caller, AccountJson.read(body));
    return ResponseEntity.created(URI.create("/api/v1/accounts/" + account.id()))
        .eTag(EntityTag.of(account.version()))
        .body(json(account));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller, @PathVariable String id) {
    return reply(accounts.get(caller, id));
  }

  /** Changes the fields that are there; others stay, the password too. */
  @PatchMapping("/{id}")
  ResponseEntity<Map<String, @Nullable Object>> change(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode patch) {
    return reply(
        accounts.update(
            caller, id, EntityTag.version(ifMatch), account -> AccountJson.merge(account, patch)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Caller caller,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    accounts.delete(caller, id, EntityTag.version(ifMatch));
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<Map<String, @Nullable Object>> reply(Account account) {
    return ResponseEntity.ok().eTag(EntityTag.of(account.version())).body(json(account));
  }

  private Map<String, @Nullable Object> json(Account account) {
    return json(account, signIns.state(account));
  }

  private Map<String, @Nullable Object> json(Account account, Optional<SignInState> state) {
    Map<String, @Nullable Object> json = AccountJson.write(account, usage.usage(account));
    json.put("pace", AccountJson.write(usage.progress(account).orElse(null)));
    json.put("sign_in", state.map(SignInState::json).orElse(null));
    return json;
  }
}
