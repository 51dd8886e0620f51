namespace Carillon.Model;

/// <summary>What happens to a wall-clock time that a change of the clocks leaves out or repeats.</summary>
public enum DstPolicy
{
    /// <summary>A missing time runs at the first valid instant after the gap; a repeated one the first time. The default.</summary>
    Shift,

    /// <summary>A missing time does not run; a repeated one runs the first time.</summary>
    Skip,

    /// <summary>A missing time runs after the gap; a repeated one the first time.</summary>
    First,

    /// <summary>A missing time runs after the gap; a repeated one the last time.</summary>
    Last,

    /// <summary>A missing time runs after the gap; a repeated one both times.</summary>
    Both,
}
