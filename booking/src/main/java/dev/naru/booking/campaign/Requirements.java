package dev.naru.booking.campaign;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.text.LocalText;
import java.util.List;

/// What a campaign asks of people beside their date of birth.
///
/// @param foreigners whether people of the register of foreigners take part, and when
/// @param audience lists that one has to be on, or must not be on, in every window
/// @param lists all that the agency imports for the campaign
public record Requirements(Foreigners foreigners, Audience audience, List<NamedList> lists) {
  /// Nothing.
  public static final Requirements NONE =
      new Requirements(Foreigners.ALLOWED, Audience.EVERYBODY, List.of());

  /// What a campaign does with people of the register of foreigners.
  public enum Foreigners {
    /// Like everybody else; nobody's nationality is asked.
    ALLOWED,
    /// They may not book, nor may anybody whose provider does not tell.
    REFUSED,
    /// In windows of their own, in which nobody else books.
    OWN_WINDOWS
  }

  /// A list that the agency imports.
  ///
  /// @param id 1 to 32 of `a-z 0-9 -`
  /// @param name what people are told when it decides
  public record NamedList(String id, LocalText name) {}

  public Requirements {
    lists = List.copyOf(lists);
  }

  /// Whether the identity check has to know somebody's nationality.
  public boolean asksNationality() {
    return foreigners != Foreigners.ALLOWED;
  }

  /// What people call a list.
  ///
  /// @param id of one of the lists
  public LocalText nameOf(String id) {
    return lists.stream()
        .filter(list -> list.id().equals(id))
        .map(NamedList::name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the file was read with the list " + id));
  }
}
