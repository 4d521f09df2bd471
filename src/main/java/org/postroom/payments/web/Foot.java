package org.postroom.payments.web;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postroom.access.Company;

/** Who is behind a page: what also stands at the foot of the company's letters. */
record Foot(String address, String contact, String legal) {

  static Foot of(Company company) {
    return new Foot(
        joined(Stream.concat(Stream.of(company.name()), company.address().stream()).toList()),
        joined(Stream.of(company.email(), company.phone(), company.website())),
        joined(Stream.of(company.registration(), company.taxId())));
  }

  private static String joined(List<String> parts) {
    return joined(parts.stream());
  }

  private static String joined(Stream<String> parts) {
    return parts.filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(" · "));
  }
}
