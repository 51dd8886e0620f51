namespace Carillon.Model;

/// <summary>What happens to running code when its node cannot renew its lease.</summary>
public enum LeaseLossPolicy
{
    /// <summary>
    /// It goes on, and its result is recorded when the node has its lease again. Should the node be declared dead before
    /// that, it is cancelled.
    /// </summary>
    Continue,

    /// <summary>It is cancelled before another node may run it again.</summary>
    Cancel,
}
