package org.postroom.partners;

import java.util.List;
import org.postroom.http.Problem.FieldError;

/** Says what is wrong with layouts and templates a partner names; partners do not know them. */
@FunctionalInterface
public interface PartnerCheck {
  /** Empty where all exist and fit; pointers are those of the partner's JSON. */
  List<FieldError> errors(String company, Partner partner);
}
