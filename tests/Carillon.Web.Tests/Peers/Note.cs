namespace Carillon.Web.Tests.Peers;

/// <summary>A message of the tests.</summary>
public sealed record Note(int Number, string Text = "");
