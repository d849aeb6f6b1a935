package dev.naru.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody who walks through the pages.
record Visitor(Page page, Hand hand, String campaign) {
  /// Somebody with a mouse or a finger.
  static Visitor at(Page page, String campaign) {
    return new Visitor(page, new Hand.Pointer(), campaign);
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  private void activate(String selector) {
    hand.activate(find(selector).first());
  }

  void startAtHome() {
    page.waitForCondition(this::seesTheCampaign);
    activate("[data-campaign=" + campaign + "] a.main");
  }

  /// A campaign that was applied just now appears within seconds.
  private boolean seesTheCampaign() {
    page.navigate("/");
    find("#campaigns > .card").first().waitFor();
    return find("[data-campaign=" + campaign + "]").count() == 1;
  }

  /// From the list of providers to the answer.
  ///
  /// @param birth YYYY-MM-DD
  void verify(String name, String birth, String phone) {
    activate("[data-provider=quick]");
    hand.fill(find("#field-name"), name);
    hand.fill(find("#field-birthDate"), birth);
    hand.fill(find("#field-phone"), phone);
    activate("#submit");
  }

  /// Verifies and is told yes.
  void verifyAsEligible(String name, String phone) {
    verify(name, "1990-05-10", phone);
    assertThat(find("#answer")).hasAttribute("data-eligible", "true");
  }

  /// Goes to the waiting page.
  ///
  /// @param phase that it must show: lobby or open
  void join(String phase) {
    activate("#join");
    isWaiting(phase);
  }

  void isWaiting(String phase) {
    assertThat(find("#waiting")).hasAttribute("data-phase", phase);
    assertThat(find("#waiting")).isVisible();
  }

  /// What the waiting page says of `size`, `number`, `place`, `serving`.
  String fact(String name) {
    return find("#facts [data-fact=" + name + "]").innerText();
  }

  void isAdmitted() {
    page.waitForURL("**/book.html?*", new Page.WaitForURLOptions().setTimeout(60_000));
    assertThat(find("#search")).isVisible();
    assertThat(find("#found")).not().isEmpty();
  }

  /// Looks through districts until one has a place left.
  void findDistrict() {
    for (String province : values("#province")) {
      hand.choose(find("#province"), province);
      for (String district : values("#district").stream().limit(8).toList()) {
        hand.choose(find("#district"), district);
        // An answer to an earlier choice never shows: the search begins with the choice.
        find("#sites > *").first().waitFor();
        if (find("[data-site]").count() > 0) {
          return;
        }
      }
    }
    throw new AssertionError("no district has a site");
  }

  @SuppressWarnings("unchecked")
  private List<String> values(String select) {
    return ((List<Object>)
            find(select + " option").evaluateAll("all => all.map(each => each.value)"))
        .stream().map(String::valueOf).filter(value -> !value.isEmpty()).toList();
  }

  /// The first day and time of the first site, up to the question whether it is right.
  void chooseTime() {
    activate("[data-site] [data-date]");
    activate("[data-site] [data-slot]:not([disabled])");
    assertThat(find("#confirm")).isVisible();
  }

  void confirm() {
    activate("#book");
    isBooked();
  }

  void isBooked() {
    page.waitForURL(Pattern.compile(".*/booked\\.html\\?.*#.*"));
    assertThat(find("#booked")).isVisible();
  }

  void goToMine() {
    activate("#to-mine");
    assertThat(find("#logout")).isVisible();
  }

  void move() {
    activate("[data-action=move]");
    isAdmitted();
    assertThat(find("#moving")).isVisible();
    findDistrict();
    chooseTime();
    confirm();
  }

  void cancel() {
    activate("[data-action=cancel]");
    activate("#cancel-yes");
    assertThat(find("#done")).not().isEmpty();
    assertThat(find("[data-state=cancelled]").first()).isVisible();
  }

  void logOut() {
    activate("#logout");
    assertThat(find("#logout")).isHidden();
    assertThat(find("#message")).isVisible();
  }
}
