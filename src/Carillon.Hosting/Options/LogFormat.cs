namespace Carillon.Hosting;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>One line for people.</summary>
    Text,

    /// <summary>One JSON object a line, for log stores.</summary>
    Json,
}
