namespace Carillon.Hosting;

/// <summary>Of which attempts the end is logged.</summary>
public enum ExecutionLog
{
    /// <summary>Of none.</summary>
    None,

    /// <summary>Of those that did not succeed, as warnings.</summary>
    Failed,

    /// <summary>Of all; success is information.</summary>
    All,
}
