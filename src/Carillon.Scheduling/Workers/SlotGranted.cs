namespace Carillon.Scheduling;

/// <summary>A slot is reserved. It lapses unless it is used or returned.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Request">What asked for it.</param>
public sealed record SlotGranted(Slot Slot, SlotRequest Request);
