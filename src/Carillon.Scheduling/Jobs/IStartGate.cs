namespace Carillon.Scheduling;

/// <summary>Whether this node may start something new: it holds its lease and is not leaving.</summary>
public interface IStartGate
{
    /// <summary>Whether it may now. Read before every plan; may change at any time.</summary>
    bool IsOpen { get; }
}
