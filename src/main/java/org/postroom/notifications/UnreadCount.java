package org.postroom.notifications;

import org.postroom.http.NavigationCount;
import org.springframework.stereotype.Component;

/** The number beside the menu's entry: what this person has not read. */
@Component
class UnreadCount implements NavigationCount {
  private final Notifications notifications;

  UnreadCount(Notifications notifications) {
    this.notifications = notifications;
  }

  @Override
  public String path() {
    return "/notifications";
  }

  @Override
  public long count(String company) {
    return 0; // nobody in particular has nothing unread
  }

  @Override
  public long count(String company, String person) {
    return notifications.unread(company, person);
  }

  @Override
  public String means() {
    return "unread";
  }
}
