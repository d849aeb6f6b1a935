package dev.naru.booking.search;

import dev.naru.booking.campaign.Product;
import java.util.List;
import java.util.function.IntPredicate;

/// What has to be free besides a slot for somebody to get it: where the doses of a product are
/// booked together, a day for each later one at the same site. Without it the first sites of a list
/// fill up with days that refuse everybody who takes them.
public final class Following {
  /// A slot alone, as for moving one dose.
  public static final Following NOTHING = new Following(List.of());

  private final List<Product> products;

  private Following(List<Product> products) {
    this.products = products;
  }

  /// All doses that are booked with a first one.
  ///
  /// @param products of the campaign, in its order
  public static Following doses(List<Product> products) {
    return products.stream().anyMatch(Product::bookedTogether) ? new Following(products) : NOTHING;
  }

  /// Whether the doses after one on the day of a cell can be had.
  ///
  /// @param isFree whether a cell of the same site has anything free
  boolean canFollow(Cells cells, int cell, int end, IntPredicate isFree) {
    if (products.isEmpty()) {
      return true;
    }
    Product product = products.get(cells.product(cell));
    return !product.bookedTogether()
        || canFollow(product, product.doses() - 1, cells, cell, end, isFree);
  }

  private static boolean canFollow(
      Product product, int doses, Cells cells, int cell, int end, IntPredicate isFree) {
    if (doses == 0) {
      return true;
    }
    for (int next = cell + 1; next < end && cells.product(next) == cells.product(cell); next++) {
      int days = cells.day(next) - cells.day(cell);
      if (days > product.latestDays()) {
        return false;
      }
      if (days >= product.earliestDays()
          && isFree.test(next)
          && canFollow(product, doses - 1, cells, next, end, isFree)) {
        return true;
      }
    }
    return false;
  }
}
