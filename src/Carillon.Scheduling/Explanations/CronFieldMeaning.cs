namespace Carillon.Scheduling.Explanations;

/// <summary>One field of a cron expression in words.</summary>
/// <param name="Field">Which one: <c>second</c>, <c>minute</c>, <c>hour</c>, <c>day-of-month</c> …</param>
/// <param name="Text">What is written there.</param>
/// <param name="Meaning">What it means.</param>
public sealed record CronFieldMeaning(string Field, string Text, string Meaning);
