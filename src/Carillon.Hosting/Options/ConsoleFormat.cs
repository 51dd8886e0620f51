namespace Carillon.Hosting;

/// <summary>How log lines look on the console.</summary>
public enum ConsoleFormat
{
    /// <summary>One line for people.</summary>
    Text,

    /// <summary>One JSON object a line, for log stores.</summary>
    Json,
}
