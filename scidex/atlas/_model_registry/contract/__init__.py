"""What is asked, answered and refused."""
