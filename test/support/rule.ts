/** A rule that matches every event, so that all of it comes out. */
export const EVERYTHING = `
[metadata]
maturity = "production"

[rule]
author = ["hoplimit"]
description = "Every event."
name = "Everything"
risk_score = 1
rule_id = "00000000-0000-4000-8000-000000000000"
severity = "low"
type = "eql"
language = "eql"
license = "Apache-2.0"
query = "any where true"
`;
