package org.postroom.doctor;

import java.util.List;

/** Looks at one thing. What it cannot find out it says, and never throws for the world's sake. */
interface Check {
  List<Found> look(Patient patient) throws Exception;
}
