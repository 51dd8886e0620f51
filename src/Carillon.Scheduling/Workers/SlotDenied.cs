namespace Carillon.Scheduling;

/// <summary>A worker has no slot to lend.</summary>
/// <param name="Id"><see cref="BorrowSlot.Id"/>.</param>
public sealed record SlotDenied(long Id);
