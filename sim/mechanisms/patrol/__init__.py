"""What nobody reports is found: by staff on foot, by couriers."""
