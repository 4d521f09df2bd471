package org.postroom.notices;

import org.postroom.automations.InternalNotice;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.Notifications;
import org.springframework.stereotype.Component;

/** Shows what an automation tells people inside the product: goods received. */
@Component
class GoodsNotices implements InternalNotice {
  private final Notifications notifications;

  GoodsNotices(Notifications notifications) {
    this.notifications = notifications;
  }

  @Override
  public void tell(InternalNotice.Notice notice) {
    notifications.publish(
        NewNotification.of(
                notice.company(),
                notice.event() + "/" + notice.automation().word(),
                Kind.GOODS_RECEIVED,
                notice.title(),
                notice.document().kind(),
                notice.document().number())
            .text(notice.partner() == null ? "" : "From " + notice.partner() + "."));
  }
}
