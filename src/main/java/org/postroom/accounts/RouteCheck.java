package org.postroom.accounts;

import java.util.List;
import org.postroom.http.Problem.FieldError;

/** Says what is wrong with the template and layout a route names; accounts do not know them. */
@FunctionalInterface
public interface RouteCheck {
  /** Empty where both exist and fit; pointers are those of the routes' JSON. */
  List<FieldError> errors(String company, Route route);
}
